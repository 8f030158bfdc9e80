package io.gympulse.cloud.api.stream;

import io.gympulse.cloud.api.http.Field;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads the filters of a stream's address. As a server filter it runs before the protocol upgrade,
/// so that a bad filter is answered 400 like any other request.
@ServerFilter(StreamSocket.PATH)
class StreamFilters {

  @RequestFilter
  void check(HttpRequest<?> request) {
    var _ = audienceOf(name -> request.getParameters().get(name));
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
