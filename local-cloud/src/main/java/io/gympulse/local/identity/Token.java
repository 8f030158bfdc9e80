package io.gympulse.local.identity;

import io.gympulse.cloud.api.identity.Role;
import io.gympulse.cloud.core.alert.UserId;
import io.gympulse.local.DataFolder;
import io.gympulse.local.provision.CommandErrors;
import io.gympulse.process.ProcessClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Prints a token for development, signed by the key of a local cloud. Only that cloud accepts it,
/// and only while it has no other issuer.
@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    description = {
      "Prints a bearer token for the API of a local cloud in development.",
      "The cloud accepts it while it listens on this machine alone and has no --oidc-issuer."
    })
public final class Token implements Callable<Integer> {
  private static final long MAX_HOURS = 24 * 365;

  @Option(
      names = "--data",
      description = "the local cloud's data directory (default: ${DEFAULT-VALUE})")
  private Path data = Path.of(".gympulse/cloud");

  @Option(names = "--user", required = true, description = "whose token it is, such as ann")
  private String user = "";

  @Option(
      names = "--role",
      description = "member, operator:GYM, integrator or admin; may be repeated (default: member)")
  private List<String> roles = List.of("member");

  @Option(
      names = "--hours",
      description = "how long the token is valid (default: ${DEFAULT-VALUE})")
  private long hours = 12;

  @Override
  public Integer call() throws IOException {
    if (hours < 1 || hours > MAX_HOURS) {
      throw new IllegalArgumentException(
          "--hours %d is not in 1 to %d".formatted(hours, MAX_HOURS));
    }
    UserId subject = new UserId(user);
    List<Role> named = new ArrayList<>();
    for (String role : roles) {
      named.add(
          Role.named(role)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "--role '%s' is none of member, operator:GYM, integrator, admin"
                              .formatted(role))));
    }
    System.out.println(
        DevelopmentKeyFile.read(new DataFolder(data).developmentKey())
            .sign(subject, named, ProcessClock.real().instant(), Duration.ofHours(hours)));
    return 0;
  }

  /// Exit code 0, or 2 with one line on stderr.
  public static void main(String[] arguments) {
    System.exit(CommandErrors.commandLine(new Token()).execute(arguments));
  }
}
