package io.gympulse.edge.doctor;

import io.gympulse.edge.configuration.GatewayConfiguration;
import io.gympulse.edge.doctor.Check.Finding;
import io.gympulse.edge.sensing.gpio.chardev.CharacterDevices;
import io.gympulse.edge.uplink.UplinkSettings.Direct;
import io.gympulse.edge.uplink.UplinkSettings.Greengrass;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Chooses the checks of a gateway.
public final class Checks {
  private static final Duration STEP_LIMIT = Duration.ofSeconds(4);
  private static final Duration TIME_LIMIT = Duration.ofSeconds(3);
  private static final Path BLOCK_DEVICES = Path.of("/sys/dev/block");

  private Checks() {}

  /// Whether the gateway could start: checks that need nobody else, and are right while a gateway
  /// of another version runs.
  ///
  /// @param uplink creates the uplink and closes it, see [UplinkCheck]
  public static List<Check> ofStart(
      GatewayConfiguration configuration, InstantSource time, Runnable uplink) throws IOException {
    List<Check> checks = new ArrayList<>();
    checks.add(new DataFolderCheck(configuration.dataDir(), user()));
    checks.add(new OutboxCheck(time));
    checks.add(ClockCheck.ofMachine(configuration.timing().clock(), Optional::empty));
    if (configuration.uplink() instanceof Direct it) {
      checks.add(new CertificateCheck(it, time));
    }
    checks.add(new UplinkCheck(uplink));
    return checks;
  }

  /// All checks. Without a configuration, those that need one are skipped.
  ///
  /// @param configuration empty if it cannot be read
  public static List<Check> all(
      Path file, Optional<GatewayConfiguration> configuration, InstantSource time, Runnable uplink)
      throws IOException {
    List<Check> checks = new ArrayList<>();
    checks.add(JavaCheck.ofThisProcess());
    checks.add(new ConfigurationCheck(file));
    if (configuration.isPresent()) {
      checks.addAll(configured(configuration.get(), time, uplink));
    } else {
      checks.add(new OutboxCheck(time));
      checks.add(skipped("others", "they need a valid configuration"));
    }
    return checks;
  }

  private static List<Check> configured(
      GatewayConfiguration configuration, InstantSource time, Runnable uplink) throws IOException {
    Path folder = configuration.dataDir();
    String gateway = configuration.address().gateway().value();
    LockCheck lock = new LockCheck(folder);
    List<Check> checks = new ArrayList<>();
    checks.add(new DataFolderCheck(folder, user()));
    checks.add(new OutboxCheck(time));
    checks.add(lock);
    checks.add(new StatusCheck(folder));
    checks.add(new DiskCheck(folder));
    checks.add(new CardCheck(folder, BLOCK_DEVICES));
    checks.add(new GpioCheck(configuration.machines(), new CharacterDevices()::find));
    checks.add(
        new BrokerCheck(
            configuration.lan(), gateway + "-doctor", configuration.machines(), STEP_LIMIT));
    checks.add(new UplinkCheck(uplink));
    checks.add(new EndpointCheck(configuration.uplink(), STEP_LIMIT));
    switch (configuration.uplink()) {
      case Direct it -> {
        checks.add(
            ClockCheck.ofMachine(
                configuration.timing().clock(), HttpsTime.of(it.host(), TIME_LIMIT)));
        checks.add(new CertificateCheck(it, time));
        checks.add(new PolicyCheck(it, configuration.address(), lock, STEP_LIMIT));
      }
      case Greengrass _ -> {
        checks.add(ClockCheck.ofMachine(configuration.timing().clock(), Optional::empty));
        checks.add(skipped("certificate", "the nucleus has its own"));
        checks.add(skipped("policy", "the nucleus connects"));
      }
    }
    return checks;
  }

  private static Check skipped(String name, String reason) {
    return new Check() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Finding run() {
        return Finding.skipped(reason);
      }
    };
  }

  private static String user() {
    return System.getProperty("user.name", "");
  }
}
