package io.gympulse.cloud.core.count;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/// Counts items per date and kind. Methods throw
/// [io.gympulse.cloud.core.store.StoreUnavailableException] while the store cannot be used; doing
/// them again is harmless. Safe for any number of threads.
public interface DeviceCounts {

  /// How long an item is remembered to have been counted: longer than any queue keeps messages. One
  /// that comes again later than this may be counted again.
  Duration REMEMBERED = Duration.ofDays(14);

  /// Adds 1 to the item's date and kind, unless it is remembered to have been counted. The count
  /// and the memory of it are written in one step, durable when this returns.
  ///
  /// @param now when it is counted; its memory ends [#REMEMBERED] after
  /// @return whether it was added
  boolean addOnce(DeviceItem item, Instant now);

  /// Adds each item as [#addOnce(DeviceItem, Instant)] does, at a lower price where the store can.
  /// If it throws, some, all or none may have been added; adding them again is harmless.
  ///
  /// @return for each item, in order, whether it was added
  default List<Boolean> addEachOnce(List<DeviceItem> items, Instant now) {
    return items.stream().map(it -> addOnce(it, now)).toList();
  }

  /// The counts of a date by kind; kinds never counted are absent.
  List<DeviceCount> of(LocalDate date);
}
