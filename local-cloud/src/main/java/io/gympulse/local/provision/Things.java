package io.gympulse.local.provision;

import io.gympulse.local.DataFolder;
import io.gympulse.local.things.LastContacts;
import io.gympulse.local.things.LastContacts.Contact;
import io.gympulse.local.things.ThingName;
import io.gympulse.local.things.ThingRegistry;
import io.gympulse.local.things.ThingRegistry.Registration;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Lists the registered things, one per line: kind and name, state, last contact and certificate. A
/// running cloud writes last contacts every 10 seconds.
@Command(
    name = "things",
    mixinStandardHelpOptions = true,
    description = {
      "Lists gateways, machines, observers and API processes with certificate and last contact;",
      "works while the cloud runs, which writes last contacts every 10 seconds."
    })
public final class Things implements Callable<Integer> {

  @Option(names = "--data", required = true, description = "the local cloud's data directory")
  private Path data = Path.of("");

  @Override
  public Integer call() throws IOException {
    DataFolder folder = Revoke.requireData(data);
    Map<ThingName, Contact> contacts = new LastContacts(folder.contacts()).read();
    for (Registration it : new ThingRegistry(folder.things()).all()) {
      System.out.println(line(it, Optional.ofNullable(contacts.get(it.thing().name()))));
    }
    return 0;
  }

  private static String line(Registration registration, Optional<Contact> contact) {
    return "%s state=%s last_contact=%s%s certificate=%s"
        .formatted(
            registration.thing().keyValues(),
            registration.revokedAt().map(at -> "revoked since " + at).orElse("registered"),
            contact.map(it -> it.at().toString()).orElse("never"),
            contact.filter(Contact::connected).isPresent() ? " (connected)" : "",
            registration.thing().certificate());
  }

  /// Exit code 0, or 2 with one line on stderr.
  public static void main(String[] arguments) {
    System.exit(CommandErrors.commandLine(new Things()).execute(arguments));
  }
}
