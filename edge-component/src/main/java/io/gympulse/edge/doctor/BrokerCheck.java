package io.gympulse.edge.doctor;

import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.floorplan.SourceConfig.Mqtt;
import io.gympulse.contract.mqtt.TopicFilter;
import io.gympulse.edge.sensing.SourceStatus;
import io.gympulse.edge.sensing.mqtt.LanBrokerConfig;
import io.gympulse.edge.sensing.mqtt.TopicListener;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// The sensors' broker: reachable, accepts CONNECT and the subscriptions of the floor plan. The
/// connection has a client id of its own, so that a running gateway keeps its own.
///
/// @param broker empty if no sensor is on MQTT
record BrokerCheck(
    Optional<LanBrokerConfig> broker, String clientId, List<Machine> machines, Duration limit)
    implements Check {

  @Override
  public String name() {
    return "broker";
  }

  @Override
  public Finding run() {
    List<String> filters =
        machines.stream()
            .flatMap(it -> it.sensors().stream())
            .filter(it -> it.source() instanceof Mqtt)
            .map(it -> ((Mqtt) it.source()).mapping().topic())
            .map(TopicFilter::text)
            .distinct()
            .toList();
    if (broker.isEmpty() || filters.isEmpty()) {
      return Finding.skipped("the floor plan has no MQTT sensor");
    }
    LanBrokerConfig lan = broker.get();
    CompletableFuture<SourceStatus> first = new CompletableFuture<>();
    try (TopicListener listener =
        new TopicListener(lan, clientId, filters, (_, _) -> {}, first::complete)) {
      listener.start();
      return switch (first
          .completeOnTimeout(new SourceStatus.Starting(), limit.toMillis(), TimeUnit.MILLISECONDS)
          .join()) {
        case SourceStatus.Running _ ->
            Finding.ok("%s accepts %d subscriptions".formatted(lan, filters.size()));
        case SourceStatus.Starting _ ->
            Finding.failed(
                "%s does not answer within %d s".formatted(lan, limit.toSeconds()),
                "check 'lan.host', 'lan.port', the network and its firewall");
        case SourceStatus.Failing(String reason) ->
            Finding.failed(
                "%s: %s".formatted(lan, reason),
                "see that the broker runs there, and check 'lan' in the configuration");
      };
    }
  }
}
