package io.gympulse.cloud.core.alert;

import java.util.regex.Pattern;

/// The id of a member: 1 to 128 characters of `A-Z`, `a-z`, `0-9` and `._@:+-`. Any other value is
/// rejected with an [IllegalArgumentException].
public record UserId(String value) {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._@:+-]{1,128}");

  public UserId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "a user id has 1 to 128 characters of A-Z, a-z, 0-9 and ._@:+-");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
