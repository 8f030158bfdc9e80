package io.gympulse.cloud.api.stream;

import io.gympulse.cloud.api.http.Field;
import io.gympulse.cloud.api.http.KnownParameters;
import io.gympulse.cloud.core.alert.UserId;
import io.gympulse.cloud.core.broadcast.Audience;
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

/// Reads what a stream's request asks for. As a server filter it runs before the protocol upgrade,
/// so that a bad filter is answered 400 like any other request.
@ServerFilter(StreamSocket.PATH)
class StreamFilters {
  private static final Set<String> PARAMETERS = Set.of("gym", "category", "machine", "user");

  private final StreamPlaces places;

  StreamFilters(StreamPlaces places) {
    this.places = places;
  }

  @RequestFilter
  void check(HttpRequest<?> request) {
    KnownParameters.requireOnly(request, PARAMETERS);
    var _ = audienceOf(name -> request.getParameters().get(name));
    var _ = userOf(request);
    places.requireRoom(request);
  }

  /// Whose page it is: the header `X-GymPulse-User`, or the parameter `user` since a browser's
  /// WebSocket sends no headers of its own.
  ///
  /// @throws io.gympulse.cloud.api.http.Refusal if it is no user id
  Optional<UserId> userOf(HttpRequest<?> request) {
    return request
        .getHeaders()
        .findFirst("X-GymPulse-User")
        .map(text -> Field.parse("X-GymPulse-User", text, UserId::new))
        .or(() -> filter("user", name -> request.getParameters().get(name), UserId::new));
  }

  /// @param parameters the value of a query parameter, or null
  /// @throws io.gympulse.cloud.api.http.Refusal naming the parameter
  Audience audienceOf(Function<String, @Nullable String> parameters) {
    return new Audience(
        filter("gym", parameters, GymId::new),
        filter("category", parameters, CategoryId::new),
        filter("machine", parameters, MachineId::new));
  }

  private static <T> Optional<T> filter(
      String name, Function<String, @Nullable String> parameters, Function<String, T> parser) {
    return Optional.ofNullable(parameters.apply(name))
        .filter(text -> !text.isEmpty())
        .map(text -> Field.parse(name, text, parser));
  }
}
