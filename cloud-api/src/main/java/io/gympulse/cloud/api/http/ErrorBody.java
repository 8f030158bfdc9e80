package io.gympulse.cloud.api.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/// The one error format: `{"error":{"code","message","field"?}}`.
public record ErrorBody(Detail error) {

  /// @param code stable, lower case with underscores, for programs
  /// @param message for people
  /// @param field the parameter, path part or body field to mend, where there is one
  public record Detail(
      String code,
      String message,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> field) {}

  public static ErrorBody of(String code, String message) {
    return new ErrorBody(new Detail(code, message, Optional.empty()));
  }
}
