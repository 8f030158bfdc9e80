package io.gympulse.cloud.api.identity;

import io.gympulse.cloud.api.http.ApiException;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.web.router.MethodBasedRouteMatch;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.RouteMatch;
import jakarta.inject.Named;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;

/// Verifies the token of a request that has one, sets its [Caller], and applies the route's
/// [Access] rule. A token is verified off the event loop, since its issuer's keys may have to be
/// read; a request without one is passed on at once.
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Order(Ordered.HIGHEST_PRECEDENCE + 3)
final class IdentityFilter {
  private static final Optional<HttpResponse<?>> PROCEED = Optional.empty();

  private final Identity identity;
  private final ExecutorService blocking;

  IdentityFilter(Identity identity, @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
    this.identity = identity;
    this.blocking = blocking;
  }

  @RequestFilter
  CompletionStage<Optional<HttpResponse<?>>> identify(HttpRequest<?> request) {
    Optional<String> token = BearerToken.of(request);
    if (token.isEmpty()) {
      requireAccess(request, Optional.empty());
      return CompletableFuture.completedFuture(PROCEED);
    }
    CompletableFuture<Optional<HttpResponse<?>>> identified = new CompletableFuture<>();
    blocking.execute(
        () -> {
          try {
            Caller caller = identity.verify(token.get());
            request.setAttribute(Caller.ATTRIBUTE, caller);
            requireAccess(request, Optional.of(caller));
            identified.complete(PROCEED);
          } catch (RuntimeException e) {
            identified.completeExceptionally(e);
          }
        });
    return identified;
  }

  /// Static files and unknown paths have no route: they are public.
  private static void requireAccess(HttpRequest<?> request, Optional<Caller> caller) {
    RouteAttributes.getRouteMatch(request)
        .filter(MethodBasedRouteMatch.class::isInstance)
        .ifPresent(it -> requireAccess(level(it), caller));
  }

  private static Access.Level level(RouteMatch<?> route) {
    return route
        .getAnnotationMetadata()
        .enumValue(Access.class, Access.Level.class)
        .orElseThrow(() -> new IllegalStateException("the route has no access rule: " + route));
  }

  private static void requireAccess(Access.Level level, Optional<Caller> caller) {
    if (level == Access.Level.PUBLIC) {
      return;
    }
    if (caller.isEmpty()) {
      throw ApiException.unauthorized(
          "missing_token", "This request needs a token: Authorization: Bearer TOKEN.");
    }
    if (!caller.get().may(level)) {
      throw ApiException.forbidden(
          "missing_role", "The token lacks the role that this request needs.");
    }
  }
}
