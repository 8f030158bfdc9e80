package io.gympulse.local.things;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.local.things.LastContacts.Contact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastContactsTest {
  private static final ThingName THING = new ThingName("gw-1");
  private static final Contact CONTACT = new Contact(Instant.parse("2026-03-01T10:00:00Z"), true);

  @TempDir Path directory;

  @Test
  void newer_contacts_keep_those_of_other_things() throws IOException {
    LastContacts contacts = new LastContacts(directory.resolve("contacts.json"));
    contacts.write(Map.of(THING, CONTACT));
    contacts.write(Map.of(new ThingName("gw-2"), CONTACT));
    assertThat(contacts.read()).containsOnlyKeys(THING, new ThingName("gw-2"));
  }

  @Test
  void a_damaged_file_counts_as_empty_and_is_replaced() throws IOException {
    Path file = directory.resolve("contacts.json");
    LastContacts contacts = new LastContacts(file);
    contacts.write(Map.of(THING, CONTACT));
    String whole = Files.readString(file);
    for (String torn : new String[] {"", whole.substring(0, whole.length() - 5), "{\"gw-1\":1}"}) {
      Files.writeString(file, torn);
      assertThat(contacts.read()).isEmpty();
      contacts.write(Map.of(THING, CONTACT));
      assertThat(contacts.read()).containsExactly(Map.entry(THING, CONTACT));
    }
  }
}
