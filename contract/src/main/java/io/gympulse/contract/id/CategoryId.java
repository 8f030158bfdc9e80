package io.gympulse.contract.id;

/// The id of a category: 1 to 64 characters of `a-z`, `0-9` and `-`, not beginning with `-`.
/// Any other value is refused with an [IllegalArgumentException].
public record CategoryId(String value) implements Comparable<CategoryId> {
  public CategoryId {
    IdFormat.require("category id", value);
  }

  @Override
  public int compareTo(CategoryId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
