package io.gympulse.cloud.api.identity;

import io.gympulse.cloud.api.http.ApiException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import java.time.Instant;

/// `POST /development/token`: a token of a new member with a random name, so that the page and
/// tests need no login. 404 unless the issuer is the development one, and through a proxy.
@Controller("/development")
@Access(Access.Level.PUBLIC)
final class DevelopmentTokenController {
  private final Identity identity;

  DevelopmentTokenController(Identity identity) {
    this.identity = identity;
  }

  /// @param user the name of the new member
  record TokenView(String token, String user, Instant expiresAt) {}

  @Post("/token")
  @Status(HttpStatus.CREATED)
  TokenView create(HttpRequest<?> request) {
    boolean forwarded =
        request.getHeaders().contains("X-Forwarded-For")
            || request.getHeaders().contains("Forwarded");
    return identity
        .issue()
        .filter(_ -> !forwarded)
        .map(it -> new TokenView(it.token(), it.user().value(), it.expiresAt()))
        .orElseThrow(
            () -> ApiException.notFound("not_development", "This server hands out no tokens."));
  }
}
