namespace CrRegistry.Client.Credentials.SignIn;

/// <summary>The tokens that a sign-in of the aliyun CLI with OAuth left, or that replaced them.</summary>
/// <param name="AccessToken">The access token; null if there is none.</param>
/// <param name="AccessTokenExpiration">The time at which it expires; <c>MinValue</c> if that is not known.</param>
/// <param name="RefreshToken">The refresh token; null if there is none.</param>
internal sealed record OAuthTokens(string? AccessToken, DateTimeOffset AccessTokenExpiration, string? RefreshToken);
