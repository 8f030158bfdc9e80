package io.gympulse.cloud.aws.dynamo;

import java.util.List;
import java.util.Optional;

/// The definition of a table.
///
/// @param name without the prefix of the installation
/// @param sort empty if the table has no sort key
/// @param expiry the time-to-live attribute: the epoch second after which an item may be removed
/// @param stream whether it has a stream with old and new images
public record TableDefinition(
    String name,
    KeyAttribute partition,
    Optional<KeyAttribute> sort,
    List<Index> indexes,
    Optional<String> expiry,
    boolean stream) {
  public TableDefinition {
    indexes = List.copyOf(indexes);
  }

  static TableDefinition of(String name, KeyAttribute partition) {
    return new TableDefinition(
        name, partition, Optional.empty(), List.of(), Optional.empty(), false);
  }

  static TableDefinition of(String name, KeyAttribute partition, KeyAttribute sort) {
    return new TableDefinition(
        name, partition, Optional.of(sort), List.of(), Optional.empty(), false);
  }

  TableDefinition with(Index... all) {
    return new TableDefinition(name, partition, sort, List.of(all), expiry, stream);
  }

  TableDefinition expiring() {
    return new TableDefinition(name, partition, sort, indexes, Optional.of(Tables.EXPIRES), stream);
  }

  TableDefinition streaming() {
    return new TableDefinition(name, partition, sort, indexes, expiry, true);
  }

  /// A key attribute.
  public record KeyAttribute(String attribute, Type type) {
    static KeyAttribute text(String attribute) {
      return new KeyAttribute(attribute, Type.TEXT);
    }

    static KeyAttribute number(String attribute) {
      return new KeyAttribute(attribute, Type.NUMBER);
    }
  }

  /// The type of a key attribute.
  public enum Type {
    TEXT,
    NUMBER
  }

  /// A global secondary index with keys only, so that only a write that changes a key costs a write
  /// of the index.
  public record Index(String name, KeyAttribute partition, Optional<KeyAttribute> sort) {}
}
