package io.gympulse.cloud.api.stream;

import io.gympulse.cloud.api.http.QueryParameterFilter;
import io.gympulse.cloud.api.http.RequestField;
import io.gympulse.cloud.core.broadcast.SubscriptionFilter;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Parses the query parameters of a stream's request. As a server filter it runs before the
/// protocol upgrade, so that an invalid parameter is answered 400 as in any other request.
@ServerFilter(StreamSocket.PATH)
class StreamRequestFilter {
  private static final Set<String> PARAMETERS = Set.of("gym", "category", "machine");

  private final StreamAdmission admission;

  StreamRequestFilter(StreamAdmission admission) {
    this.admission = admission;
  }

  @RequestFilter
  void check(HttpRequest<?> request) {
    QueryParameterFilter.requireOnly(request, PARAMETERS);
    var _ = audienceOf(name -> request.getParameters().get(name));
    admission.requireCapacity(request);
  }

  /// @param parameters the value of a query parameter, or null
  /// @throws io.gympulse.cloud.api.http.ApiException 400 naming the parameter
  SubscriptionFilter audienceOf(Function<String, @Nullable String> parameters) {
    return new SubscriptionFilter(
        filter("gym", parameters, GymId::new),
        filter("category", parameters, CategoryId::new),
        filter("machine", parameters, MachineId::new));
  }

  private static <T> Optional<T> filter(
      String name, Function<String, @Nullable String> parameters, Function<String, T> parser) {
    return Optional.ofNullable(parameters.apply(name))
        .filter(text -> !text.isEmpty())
        .map(text -> RequestField.parse(name, text, parser));
  }
}
