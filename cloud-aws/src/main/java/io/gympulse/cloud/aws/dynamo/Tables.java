package io.gympulse.cloud.aws.dynamo;

import io.gympulse.cloud.aws.dynamo.TableDefinition.Index;
import io.gympulse.cloud.aws.dynamo.TableDefinition.KeyAttribute;
import java.util.List;
import java.util.Optional;

/// Every table of the cloud's store.
///
/// @param prefix of the tables' names
public record Tables(String prefix) {
  /// The prefix in AWS.
  public static final String PREFIX = "gym-pulse-";

  /// The attribute of items that expire.
  public static final String EXPIRES = "expires";

  /// The indexes of the tables below.
  static final Index BY_MACHINE =
      new Index(
          "by-machine", KeyAttribute.text("machine"), Optional.of(KeyAttribute.text("alert")));

  static final Index BY_PLACE =
      new Index("by-place", KeyAttribute.text("user"), Optional.of(KeyAttribute.text("place")));

  static final Index BY_DUE =
      new Index("by-due", KeyAttribute.text("dueIn"), Optional.of(KeyAttribute.number("due")));

  /// The value of `dueIn` of every item that waits for a time. This single partition of [#BY_DUE]
  /// contains only waiting items, and takes a thousand changes per second.
  static final String DUE_PARTITION = "due";

  static final Index BY_OPEN =
      new Index("by-open", KeyAttribute.text("openIn"), Optional.of(KeyAttribute.number("since")));

  /// An item per gym and machine: its place on the floor plan and its current state.
  public static final TableDefinition CURRENT_STATE =
      TableDefinition.of("current-state", KeyAttribute.text("gym"), KeyAttribute.text("machine"))
          .streaming();

  /// An item per machine, hour and outbox, with an attribute per event.
  public static final TableDefinition EVENTS =
      TableDefinition.of("events", KeyAttribute.text("machine"), KeyAttribute.text("slot"))
          .expiring();

  /// An item per outbox.
  public static final TableDefinition OUTBOXES =
      TableDefinition.of("outboxes", KeyAttribute.text("outbox"));

  /// An item per gateway.
  public static final TableDefinition GATEWAYS =
      TableDefinition.of("gateways", KeyAttribute.text("gateway")).streaming();

  /// An item per gateway that has reported its health.
  public static final TableDefinition GATEWAY_HEALTH =
      TableDefinition.of("gateway-health", KeyAttribute.text("gateway"));

  /// An item per gym.
  public static final TableDefinition FLOOR_PLANS =
      TableDefinition.of("floor-plans", KeyAttribute.text("gym"));

  /// An item per gym with a floor plan, in one partition.
  public static final TableDefinition BRANCHES =
      TableDefinition.of("branches", KeyAttribute.text("list"), KeyAttribute.text("gym"));

  /// An item per machine and gateway that a floor plan claims.
  public static final TableDefinition FLOOR_CLAIMS =
      TableDefinition.of("floor-claims", KeyAttribute.text("claim"));

  /// An item per machine that is on no floor plan.
  public static final TableDefinition UNREGISTERED =
      TableDefinition.of("unregistered", KeyAttribute.text("gym"), KeyAttribute.text("machine"))
          .expiring();

  /// An item per gym, category and quarter of an hour.
  public static final TableDefinition AGGREGATES =
      TableDefinition.of("aggregates", KeyAttribute.text("scope"), KeyAttribute.number("starts"))
          .expiring();

  /// An item per gym and category.
  public static final TableDefinition FORECAST_MODELS =
      TableDefinition.of("forecast-models", KeyAttribute.text("gym"), KeyAttribute.text("category"))
          .expiring();

  /// An item per date and kind of device.
  public static final TableDefinition DEVICE_COUNTS =
      TableDefinition.of("device-counts", KeyAttribute.text("date"), KeyAttribute.text("kind"));

  /// An item per device item that was counted.
  public static final TableDefinition DEVICE_ITEMS =
      TableDefinition.of("device-items", KeyAttribute.text("item")).expiring();

  /// An item per measurement.
  public static final TableDefinition METRIC_POINTS =
      TableDefinition.of("metric-points", KeyAttribute.text("device"), KeyAttribute.text("point"))
          .expiring();

  /// An item per member's alert.
  public static final TableDefinition ALERTS =
      TableDefinition.of("alerts", KeyAttribute.text("user"), KeyAttribute.text("alert"))
          .with(BY_MACHINE, BY_DUE, BY_PLACE)
          .expiring();

  /// An item per incident.
  public static final TableDefinition INCIDENTS =
      TableDefinition.of("incidents", KeyAttribute.text("incident"))
          .with(BY_OPEN, BY_DUE)
          .expiring();

  /// An item per subject of an open incident.
  public static final TableDefinition INCIDENT_SUBJECTS =
      TableDefinition.of(
          "incident-subjects", KeyAttribute.text("subject"), KeyAttribute.text("incident"));

  /// An item per connection to the stream.
  public static final TableDefinition CONNECTIONS =
      TableDefinition.of("connections", KeyAttribute.text("connection")).expiring();

  /// An item per connection and topic.
  public static final TableDefinition CONNECTION_TOPICS =
      TableDefinition.of(
              "connection-topics", KeyAttribute.text("topic"), KeyAttribute.text("connection"))
          .expiring();

  /// All of them.
  public static final List<TableDefinition> ALL =
      List.of(
          CURRENT_STATE,
          EVENTS,
          OUTBOXES,
          AGGREGATES,
          FORECAST_MODELS,
          GATEWAYS,
          GATEWAY_HEALTH,
          FLOOR_PLANS,
          BRANCHES,
          FLOOR_CLAIMS,
          UNREGISTERED,
          DEVICE_COUNTS,
          DEVICE_ITEMS,
          METRIC_POINTS,
          ALERTS,
          INCIDENTS,
          INCIDENT_SUBJECTS,
          CONNECTIONS,
          CONNECTION_TOPICS);

  /// The tables in AWS.
  public static Tables standard() {
    return new Tables(PREFIX);
  }

  /// A table's name in this installation.
  public String name(TableDefinition table) {
    return prefix + table.name();
  }
}
