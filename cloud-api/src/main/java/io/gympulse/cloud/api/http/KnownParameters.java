package io.gympulse.cloud.api.http;

import io.gympulse.contract.text.UnicodeText;
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

/// Refuses query parameters that a controller does not have, or that are given twice: a misspelt
/// filter would otherwise be answered with everything. What a controller has is read off its
/// method; the stream, which has no method for them, calls [#requireOnly]. The page's files take
/// any parameters: they are read in the browser.
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
public final class KnownParameters {
  private static final int LONGEST_QUOTED = 60;

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

  /// @throws Refusal naming the parameter and those that there are
  public static void requireOnly(HttpRequest<?> request, Collection<String> known) {
    for (Map.Entry<String, List<String>> given : request.getParameters()) {
      String name = UnicodeText.abridged(given.getKey(), LONGEST_QUOTED);
      if (!known.contains(given.getKey())) {
        throw Refusal.invalid(
            name,
            known.isEmpty()
                ? "There is no parameter '%s' here; this takes none.".formatted(name)
                : "There is no parameter '%s' here; there are: %s."
                    .formatted(name, String.join(", ", new TreeSet<>(known))));
      }
      if (given.getValue().size() > 1) {
        throw Refusal.invalid(name, "The parameter '%s' is given more than once.".formatted(name));
      }
    }
  }

  private static Set<String> parameters(Argument<?>[] arguments, Map<String, Object> inPath) {
    Set<String> names = new TreeSet<>();
    for (Argument<?> argument : arguments) {
      AnnotationMetadata annotations = argument.getAnnotationMetadata();
      boolean elsewhere =
          inPath.containsKey(argument.getName())
              || (annotations.hasStereotype(Bindable.class)
                  && !annotations.hasAnnotation(QueryValue.class));
      if (!elsewhere) {
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
