package io.gympulse.local.operator;

import io.gympulse.local.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options by which a command finds the token that the running cloud asks operators for.
final class OperatorToken {

  @Option(
      names = "--data",
      description = "the cloud's data directory, whose operator.token is shown to the cloud")
  private @Nullable Path data;

  @Option(names = "--token-file", description = "instead of --data: a copy of operator.token")
  private @Nullable Path file;

  /// @throws IOException if there is no token; the message says which option gives it
  String read() throws IOException {
    @Nullable Path found = file;
    if (found == null) {
      if (data == null) {
        throw new IllegalArgumentException(
            "the cloud asks for its token: give its data directory with --data, or a copy of"
                + " operator.token with --token-file");
      }
      found = new DataFolder(data).operatorToken();
    }
    try {
      String token = Files.readString(found).strip();
      if (token.isEmpty() || !token.chars().allMatch(it -> it > ' ' && it < 127)) {
        throw new IOException(found + " holds no token; the cloud makes it when it starts");
      }
      return token;
    } catch (NoSuchFileException e) {
      throw new IOException(
          "%s does not exist; the cloud makes it when it first starts".formatted(found), e);
    }
  }
}
