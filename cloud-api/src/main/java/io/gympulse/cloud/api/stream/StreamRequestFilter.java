package io.gympulse.cloud.api.stream;

import io.gympulse.cloud.api.http.QueryParameterFilter;
import io.gympulse.cloud.api.http.RequestField;
import io.gympulse.cloud.api.http.RequestLocation;
import io.gympulse.cloud.core.alert.UserId;
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
  private static final Set<String> PARAMETERS = Set.of("gym", "category", "machine", "user");

  private final StreamAdmission admission;

  StreamRequestFilter(StreamAdmission admission) {
    this.admission = admission;
  }

  @RequestFilter
  void check(HttpRequest<?> request) {
    QueryParameterFilter.requireOnly(request, PARAMETERS);
    var _ = audienceOf(name -> request.getParameters().get(name));
    var _ = userOf(request);
    admission.requireCapacity(request);
  }

  /// The member whose page it is: the header `X-GymPulse-User`, or the parameter `user`, since a
  /// browser's WebSocket cannot set headers.
  ///
  /// @throws io.gympulse.cloud.api.http.ApiException 400 if it is not a user id
  Optional<UserId> userOf(HttpRequest<?> request) {
    return request
        .getHeaders()
        .findFirst("X-GymPulse-User")
        .map(
            text ->
                RequestField.parse(RequestLocation.header("X-GymPulse-User"), text, UserId::new))
        .or(() -> filter("user", name -> request.getParameters().get(name), UserId::new));
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
