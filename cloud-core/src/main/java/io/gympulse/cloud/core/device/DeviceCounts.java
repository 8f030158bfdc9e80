package io.gympulse.cloud.core.device;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/// Counts items per date and kind. Methods throw
/// [io.gympulse.cloud.core.store.StoreUnavailableException] while the store cannot be used;
/// repeating them is harmless. Safe for any number of threads.
public interface DeviceCounts {
  /// The deduplication window: how long a counted item's id is kept, which is longer than any queue
  /// keeps messages. An item that comes again after it may be counted again.
  Duration REMEMBERED = Duration.ofDays(14);

  /// One device that was seen in a state.
  ///
  /// @param date the UTC date of its own time
  record DeviceItem(ItemId id, LocalDate date, DeviceKind kind) {}

  /// Identifies an item permanently: a body and a position in it.
  ///
  /// @param body as in [RawStore.RawKey#id()]
  /// @param index its position in that body, from 0
  record ItemId(UUID body, int index) {
    public ItemId {
      if (index < 0) {
        throw new IllegalArgumentException("index %d is negative".formatted(index));
      }
    }

    /// Reads what [#toString()] writes.
    ///
    /// @throws IllegalArgumentException if the text is anything else
    public static ItemId parse(String text) {
      int slash = text.indexOf('/');
      if (slash < 0) {
        throw new IllegalArgumentException("'%s' is not <uuid>/<index>".formatted(text));
      }
      return new ItemId(
          UUID.fromString(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
    }

    @Override
    public String toString() {
      return body + "/" + index;
    }
  }

  /// The number of items of a kind on a date.
  record DeviceCount(LocalDate date, DeviceKind kind, long count) {
    public DeviceCount {
      if (count < 1) {
        throw new IllegalArgumentException("count %d is not positive".formatted(count));
      }
    }
  }

  /// Adds 1 to the item's date and kind, unless the item was counted within [#REMEMBERED]. The
  /// count and the item's id are written in one transaction, durable when this returns.
  ///
  /// @param now when it is counted; [#REMEMBERED] begins here
  /// @return whether it was added
  boolean addOnce(DeviceItem item, Instant now);

  /// Adds each item as [#addOnce(DeviceItem, Instant)] does, at a lower cost where the store
  /// supports it. If it throws, some, all or none may have been added; repeating it is harmless.
  ///
  /// @return for each item, in order, whether it was added
  default List<Boolean> addEachOnce(List<DeviceItem> items, Instant now) {
    return items.stream().map(it -> addOnce(it, now)).toList();
  }

  /// The counts of a date by kind; kinds never counted are absent.
  List<DeviceCount> of(LocalDate date);
}
