package io.gympulse.local.operator;

import io.gympulse.local.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The command line options for the token of operators' requests.
final class OperatorToken {

  @Option(
      names = "--data",
      description = "the cloud's data directory, whose operator.token is sent to the cloud")
  private @Nullable Path data;

  @Option(names = "--token-file", description = "instead of --data: a copy of operator.token")
  private @Nullable Path file;

  /// @throws IOException if there is no token; the message names the remedy
  String read() throws IOException {
    @Nullable Path found = file;
    if (found == null) {
      if (data == null) {
        throw new IllegalArgumentException(
            "the cloud requires its token: give its data directory with --data, or a copy of"
                + " operator.token with --token-file");
      }
      found = new DataFolder(data).operatorToken();
    }
    try {
      String token = Files.readString(found).strip();
      if (token.isEmpty() || !token.chars().allMatch(it -> it > ' ' && it < 127)) {
        throw new IOException(found + " contains no token; the cloud creates it when it starts");
      }
      return token;
    } catch (NoSuchFileException e) {
      throw new IOException(
          "%s does not exist; the cloud creates it when it first starts".formatted(found), e);
    }
  }
}
