package io.gympulse.local.provision;

import io.gympulse.local.DataFolder;
import io.gympulse.local.things.Thing;
import io.gympulse.local.things.ThingName;
import io.gympulse.local.things.ThingRegistry;
import io.gympulse.local.things.ThingRegistry.Registration;
import io.gympulse.process.ProcessClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Revokes a thing's certificate: the thing cannot connect any more, and a running cloud closes its
/// connection within a second. Its stored data stays. `provision` issues a new certificate.
@Command(
    name = "revoke",
    mixinStandardHelpOptions = true,
    description = {
      "Revokes the certificate of a gateway, a machine, an observer or an API process; works while",
      "the cloud runs, which then ends its connection within a second."
    })
public final class Revoke implements Callable<Integer> {

  @Option(names = "--data", required = true, description = "the local cloud's data directory")
  private Path data = Path.of("");

  @ArgGroup(multiplicity = "1")
  private Target target = new Target();

  private static final class Target {
    @Option(names = "--gateway", required = true, description = "id of the gateway")
    private @Nullable String gateway;

    @Option(names = "--machine", required = true, description = "id of the machine")
    private @Nullable String machine;

    @Option(names = "--observer", required = true, description = "name of the observer")
    private @Nullable String observer;

    @Option(names = "--api", required = true, description = "name of the API process")
    private @Nullable String api;
  }

  @Override
  public Integer call() throws IOException {
    ThingRegistry things = new ThingRegistry(requireData(data).things());
    if (target.gateway != null) {
      return revoke(things, new ThingName(target.gateway), Thing.Gateway.class, "--gateway");
    }
    if (target.machine != null) {
      return revoke(things, new ThingName(target.machine), Thing.Machine.class, "--machine");
    }
    if (target.observer != null) {
      return revoke(things, new ThingName(target.observer), Thing.Observer.class, "--observer");
    }
    return revoke(things, new ThingName(String.valueOf(target.api)), Thing.Api.class, "--api");
  }

  /// @throws IllegalArgumentException if it is not a directory
  static DataFolder requireData(Path data) {
    if (!Files.isDirectory(data)) {
      throw new IllegalArgumentException(
          "--data %s is not a directory; give the local cloud's data directory".formatted(data));
    }
    return new DataFolder(data);
  }

  private static int revoke(
      ThingRegistry things, ThingName name, Class<? extends Thing> kind, String option)
      throws IOException {
    Optional<Registration> known = things.registration(name);
    if (known.isEmpty()) {
      throw new IllegalArgumentException(
          "%s %s is not registered; 'gympulse things' lists what is".formatted(option, name));
    }
    Thing thing = known.get().thing();
    if (!kind.isInstance(thing)) {
      throw new IllegalArgumentException(
          "%s %s: this is %s".formatted(option, name, thing.description()));
    }
    things.revoke(name, ProcessClock.real().instant());
    System.out.println(
        known.get().revokedAt().isPresent()
            ? "revoked before: " + thing.keyValues() + " at " + known.get().revokedAt().get()
            : "revoked: " + thing.keyValues() + " certificate=" + thing.certificate());
    return 0;
  }

  /// Exit code 0, or 2 with one line on stderr.
  public static void main(String[] arguments) {
    System.exit(CommandErrors.commandLine(new Revoke()).execute(arguments));
  }
}
