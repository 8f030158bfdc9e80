package io.gympulse.cloud.api.http;

import io.micronaut.core.annotation.AnnotationMetadata;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.bind.annotation.Bindable;
import io.micronaut.core.order.Ordered;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.web.router.MethodBasedRouteMatch;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.UriRouteMatch;
import io.micronaut.websocket.annotation.OnMessage;
import io.micronaut.websocket.annotation.OnOpen;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Rejects query parameters that the route does not have, or that are given twice: a misspelt
/// filter would otherwise be ignored and return everything. A route's parameters are those of its
/// controller method; the WebSocket route calls [#requireOnly] itself. Static files take any
/// parameters, which the page's script reads in the browser.
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
public final class QueryParameterFilter {
  @RequestFilter
  void check(HttpRequest<?> request) {
    RouteAttributes.getRouteMatch(request)
        .filter(
            it -> !it.isAnnotationPresent(OnOpen.class) && !it.isAnnotationPresent(OnMessage.class))
        .ifPresent(
            it -> {
              if (it instanceof MethodBasedRouteMatch<?, ?> route
                  && it instanceof UriRouteMatch<?, ?> uri) {
                requireOnly(request, parameters(route.getArguments(), uri.getVariableValues()));
              }
            });
  }

  /// @throws ApiException 400 naming the parameter, and the known ones
  public static void requireOnly(HttpRequest<?> request, Collection<String> known) {
    for (Map.Entry<String, List<String>> given : request.getParameters()) {
      RequestLocation name = RequestLocation.parameter(given.getKey());
      if (!known.contains(given.getKey())) {
        throw ApiException.invalidField(
            name,
            known.isEmpty()
                ? "Unknown parameter '%s'; this request takes none.".formatted(name)
                : "Unknown parameter '%s'; known are: %s."
                    .formatted(name, String.join(", ", new TreeSet<>(known))));
      }
      if (given.getValue().size() > 1) {
        throw ApiException.invalidField(
            name, "The parameter '%s' is given more than once.".formatted(name));
      }
    }
  }

  private static Set<String> parameters(
      Argument<?>[] arguments, Map<String, Object> pathVariables) {
    Set<String> names = new TreeSet<>();
    for (Argument<?> argument : arguments) {
      AnnotationMetadata annotations = argument.getAnnotationMetadata();
      boolean notInQuery =
          pathVariables.containsKey(argument.getName())
              || HttpRequest.class.isAssignableFrom(argument.getType())
              || (annotations.hasStereotype(Bindable.class)
                  && !annotations.hasAnnotation(QueryValue.class));
      if (!notInQuery) {
        names.add(
            annotations
                .stringValue(QueryValue.class)
                .filter(it -> !it.isEmpty())
                .orElse(argument.getName()));
      }
    }
    return names;
  }
}
