package io.gympulse.local;

import io.gympulse.cloud.api.config.ApiConfiguration;
import io.gympulse.cloud.api.identity.TokenIssuer;
import io.gympulse.local.identity.DevelopmentKeyFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whose tokens the API accepts: those of an OpenID Connect issuer, or, on a machine of its own,
/// those that it signs itself for development.
///
/// @param allowDevelopmentTokens although others than this machine may reach the API
record IdentitySettings(Optional<TokenIssuer.Oidc> oidc, boolean allowDevelopmentTokens) {
  private static final Logger LOG = LoggerFactory.getLogger(IdentitySettings.class);

  IdentitySettings {
    if (oidc.isPresent() && allowDevelopmentTokens) {
      throw new IllegalArgumentException(
          "--allow-development-tokens and --oidc-issuer exclude each other");
    }
  }

  /// The issuer of a server with this configuration. Without an OpenID Connect issuer it is the
  /// development one, unless the server is published: it listens beyond the loopback, has a name,
  /// or is behind a proxy.
  ///
  /// @param key the development issuer's, created when it is first needed
  /// @throws IOException if the key cannot be used
  TokenIssuer issuer(ApiConfiguration api, boolean behindProxy, Path key) throws IOException {
    if (oidc.isPresent()) {
      return oidc.get();
    }
    boolean published =
        behindProxy || !isLoopback(api.host()) || !api.admission().names().isEmpty();
    if (published && !allowDevelopmentTokens) {
      LOG.warn(
          "no request with a token is answered: give --oidc-issuer, or --allow-development-tokens"
              + " on a network of your own");
      return new TokenIssuer.None();
    }
    return new TokenIssuer.Development(DevelopmentKeyFile.ensure(key));
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
