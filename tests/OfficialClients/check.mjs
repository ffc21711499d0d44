/** Prints one TAP line; a check that fails makes the process end with 1. */
export function check(passed, description) {
  console.log(`${passed ? 'ok' : 'not ok'} - ${description}`);
  if (!passed) process.exitCode = 1;
}

/** Returns the code of the error of `call`, or its result. */
export async function codeOf(call) {
  try {
    await call();
    return 'no error';
  } catch (error) {
    return error.code ?? String(error);
  }
}
