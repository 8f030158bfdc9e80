package io.gympulse.cloud.core.page;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// A part of a list. A page may hold fewer items than were asked for, none even, although more
/// follow: whether more follow says `next` alone.
///
/// Entries that are added or removed while somebody reads page by page may be left out or seen;
/// one that is there all the time, and whose place in the list does not change, is seen once.
///
/// @param items in the order of the list
/// @param next from where to read on; empty after the last page
/// @param <K> names a place in the list
public record Page<T, K>(List<T> items, Optional<K> next) {
  public Page {
    items = List.copyOf(items);
  }

  /// A page cut off a longer list.
  ///
  /// @param found the items after the page's beginning, at most one more than the page takes
  /// @param size how many items the page takes at most
  /// @param place where an item stands
  public static <T, K> Page<T, K> cut(List<T> found, int size, Function<T, K> place) {
    if (found.size() <= size) {
      return new Page<>(found, Optional.empty());
    }
    List<T> items = found.subList(0, size);
    return new Page<>(items, Optional.of(place.apply(items.getLast())));
  }

  /// Reads all pages, one after the other; never more than one is in memory.
  ///
  /// @param read the page that begins after a place, or the first
  public static <T, K> void each(Function<Optional<K>, Page<T, K>> read, Consumer<List<T>> use) {
    Optional<K> after = Optional.empty();
    do {
      Page<T, K> page = read.apply(after);
      use.accept(page.items());
      after = page.next();
    } while (after.isPresent());
  }

  /// The same page with other items in the place of these.
  public <R> Page<R, K> map(Function<T, R> change) {
    return new Page<>(items.stream().map(change).toList(), next);
  }

  /// Requires that a page takes something.
  ///
  /// @throws IllegalArgumentException if it does not
  public static int requireSize(int size) {
    if (size < 1) {
      throw new IllegalArgumentException("a page takes at least one item, not %d".formatted(size));
    }
    return size;
  }
}
