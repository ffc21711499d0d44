namespace CrRegistry.Client.Credentials.SignIn;

/// <summary>The tokens of an OAuth sign-in with the aliyun CLI, or the tokens that replaced them.</summary>
/// <param name="AccessToken">The access token, or null.</param>
/// <param name="AccessTokenExpiration">The time at which it expires; <c>MinValue</c> if unknown.</param>
/// <param name="RefreshToken">The refresh token, or null.</param>
internal sealed record OAuthTokens(string? AccessToken, DateTimeOffset AccessTokenExpiration, string? RefreshToken);
