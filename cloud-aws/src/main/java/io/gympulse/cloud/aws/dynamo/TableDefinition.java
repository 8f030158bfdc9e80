package io.gympulse.cloud.aws.dynamo;

import java.util.List;
import java.util.Optional;

/// A table as data, for whoever makes it.
///
/// @param name without the prefix that tells installations apart
/// @param sort empty if an item is found by its partition key alone
/// @param expiry the attribute with the epoch second after which an item may be removed
/// @param stream whether changes are told with the old and the new image of the item
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

  /// An attribute that is part of a key.
  public record KeyAttribute(String attribute, Type type) {
    static KeyAttribute text(String attribute) {
      return new KeyAttribute(attribute, Type.TEXT);
    }

    static KeyAttribute number(String attribute) {
      return new KeyAttribute(attribute, Type.NUMBER);
    }
  }

  /// What a key attribute holds.
  public enum Type {
    TEXT,
    NUMBER
  }

  /// A global secondary index that holds the keys of the table's items and nothing else, so that
  /// only a write that changes a key costs a write of the index.
  public record Index(String name, KeyAttribute partition, Optional<KeyAttribute> sort) {}
}
