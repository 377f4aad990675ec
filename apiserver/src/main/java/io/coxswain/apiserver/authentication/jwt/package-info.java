/// Tokens of identity providers (OpenID Connect), as an AuthenticationConfiguration describes them:
/// [io.coxswain.apiserver.authentication.jwt.ProviderKeys] fetches the keys of an issuer,
/// [io.coxswain.apiserver.authentication.jwt.ProviderTokens] checks a token and
/// [io.coxswain.apiserver.authentication.jwt.ClaimMapping] makes a user of its claims.
@NullMarked
package io.coxswain.apiserver.authentication.jwt;

import org.jspecify.annotations.NullMarked;
