package io.gympulse.cloud.core.page;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// A page of a list. It may hold fewer items than requested, or none, although more follow: only
/// `next` says whether more follow.
///
/// Items that are added or removed while a reader goes from page to page may or may not be
/// returned. An item that is in the list all the time, at an unchanged position, is returned once.
///
/// @param items in the order of the list
/// @param next the key to continue after; empty on the last page
/// @param <K> identifies a position in the list
public record Page<T, K>(List<T> items, Optional<K> next) {
  public Page {
    items = List.copyOf(items);
  }

  /// The first page of a longer list.
  ///
  /// @param found the items after the page's beginning, at most one more than `size`
  /// @param size how many items the page holds at most
  /// @param key the position of an item
  public static <T, K> Page<T, K> cut(List<T> found, int size, Function<T, K> key) {
    if (found.size() <= size) {
      return new Page<>(found, Optional.empty());
    }
    List<T> items = found.subList(0, size);
    return new Page<>(items, Optional.of(key.apply(items.getLast())));
  }

  /// Reads all pages, one after the other; only one is in memory at a time.
  ///
  /// @param read returns the page after a key, or the first
  public static <T, K> void each(Function<Optional<K>, Page<T, K>> read, Consumer<List<T>> use) {
    Optional<K> after = Optional.empty();
    do {
      Page<T, K> page = read.apply(after);
      use.accept(page.items());
      after = page.next();
    } while (after.isPresent());
  }

  /// The same page with each item mapped.
  public <R> Page<R, K> map(Function<T, R> change) {
    return new Page<>(items.stream().map(change).toList(), next);
  }

  /// @throws IllegalArgumentException if the size is less than 1
  public static int requireSize(int size) {
    if (size < 1) {
      throw new IllegalArgumentException("a page holds at least one item, not %d".formatted(size));
    }
    return size;
  }
}
