package io.gympulse.cloud.state.gateway;

import io.gympulse.cloud.state.arrears.Mark;
import io.gympulse.cloud.state.coverage.Coverage;
import io.gympulse.cloud.state.presence.Heard;
import io.gympulse.contract.id.GatewayAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// What some messages, whose events are stored already, tell of a gateway.
///
/// @param heard the messages that came from it
/// @param coverage what they prove
/// @param stored events that they brought; late ones among them are found by the coverage
/// @param marks windows that have to be computed whatever the coverage: machines' own reports
public record GatewayNews(
    GatewayAddress gateway,
    List<Heard> heard,
    Coverage coverage,
    Set<Touched> stored,
    Set<Mark> marks) {
  public GatewayNews {
    heard = List.copyOf(heard);
    stored = Set.copyOf(stored);
    marks = Set.copyOf(marks);
  }

  public static GatewayNews of(Heard heard) {
    return new GatewayNews(heard.gateway(), List.of(heard), Coverage.NONE, Set.of(), Set.of());
  }

  public static GatewayNews of(GatewayAddress gateway, Coverage coverage) {
    return new GatewayNews(gateway, List.of(), coverage, Set.of(), Set.of());
  }

  public static GatewayNews stored(GatewayAddress gateway, Set<Touched> stored) {
    return new GatewayNews(gateway, List.of(), Coverage.NONE, stored, Set.of());
  }

  public static GatewayNews marked(GatewayAddress gateway, Set<Mark> marks) {
    return new GatewayNews(gateway, List.of(), Coverage.NONE, Set.of(), marks);
  }

  /// Both together, of the same gateway.
  public GatewayNews and(GatewayNews other) {
    return new GatewayNews(
        gateway,
        Stream.concat(heard.stream(), other.heard.stream()).toList(),
        coverage.join(other.coverage),
        union(stored, other.stored),
        union(marks, other.marks));
  }

  private static <T> Set<T> union(Set<T> one, Set<T> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.isEmpty() ? other : one;
    }
    Set<T> union = new HashSet<>(one);
    union.addAll(other);
    return union;
  }
}
