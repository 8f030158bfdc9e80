package io.gympulse.cloud.core.gateway;

import io.gympulse.cloud.core.arrears.Mark;
import io.gympulse.cloud.core.coverage.Coverage;
import io.gympulse.cloud.core.presence.Heard;
import io.gympulse.contract.id.GatewayAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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
    List<Touched> stored,
    Set<Mark> marks) {
  public GatewayNews {
    heard = List.copyOf(heard);
    stored = List.copyOf(stored);
    marks = Set.copyOf(marks);
  }

  public static GatewayNews of(Heard heard) {
    return new GatewayNews(heard.gateway(), List.of(heard), Coverage.NONE, List.of(), Set.of());
  }

  public static GatewayNews of(GatewayAddress gateway, Coverage coverage) {
    return new GatewayNews(gateway, List.of(), coverage, List.of(), Set.of());
  }

  public static GatewayNews stored(GatewayAddress gateway, List<Touched> stored) {
    return new GatewayNews(gateway, List.of(), Coverage.NONE, stored, Set.of());
  }

  public static GatewayNews marked(GatewayAddress gateway, Set<Mark> marks) {
    return new GatewayNews(gateway, List.of(), Coverage.NONE, List.of(), marks);
  }

  /// Both together, of the same gateway.
  public GatewayNews and(GatewayNews other) {
    return joined(List.of(this, other));
  }

  /// All of them together.
  ///
  /// @param news at least one, all of the same gateway
  public static GatewayNews joined(List<GatewayNews> news) {
    List<Heard> heard = new ArrayList<>();
    Coverage coverage = Coverage.NONE;
    List<Touched> stored = new ArrayList<>();
    Set<Mark> marks = new HashSet<>();
    for (GatewayNews it : news) {
      heard.addAll(it.heard);
      coverage = it.coverage.equals(Coverage.NONE) ? coverage : coverage.join(it.coverage);
      stored.addAll(it.stored);
      marks.addAll(it.marks);
    }
    return new GatewayNews(news.getFirst().gateway, heard, coverage, stored, marks);
  }
}
