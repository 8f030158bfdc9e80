package io.gympulse.cloud.api.identity;

import io.gympulse.cloud.core.alert.UserId;
import io.gympulse.contract.id.GymId;
import io.micronaut.http.HttpRequest;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// Who makes a request, as its token proves.
///
/// @param user the token's subject; a member's alerts are kept under it
/// @param expiresAt when the proof ends; a stream is closed then
public record Caller(UserId user, Set<Role> roles, Instant expiresAt) {
  /// The request attribute, for controllers' parameters.
  public static final String ATTRIBUTE = "io.gympulse.caller";

  public Caller {
    roles = Set.copyOf(roles);
  }

  /// Who makes this request; empty without a token.
  public static Optional<Caller> of(HttpRequest<?> request) {
    return request.getAttribute(ATTRIBUTE, Caller.class);
  }

  /// Whether it has the role [Role.Member].
  public boolean isMember() {
    return roles.contains(new Role.Member());
  }

  /// Whether it runs this gym, or the whole installation.
  public boolean operates(GymId gym) {
    return isAdmin() || roles.contains(new Role.Operator(gym));
  }

  private boolean isAdmin() {
    return roles.contains(new Role.Admin());
  }

  boolean may(Access.Level level) {
    return switch (level) {
      case PUBLIC -> true;
      case MEMBER -> isMember();
      case OPERATOR -> isAdmin() || roles.stream().anyMatch(Role.Operator.class::isInstance);
      case ADMIN -> isAdmin();
    };
  }
}
