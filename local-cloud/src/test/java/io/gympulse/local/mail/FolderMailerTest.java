package io.gympulse.local.mail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.core.notification.DeliveryOutcome;
import io.gympulse.cloud.core.notification.Mailer;
import io.gympulse.cloud.core.notification.Mailer.Mail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Reads the files as text, not by the library that writes them.
class FolderMailerTest {
  private static final String FROM = "GymPulse <no-reply@gympulse.local>";

  @TempDir Path folder = Path.of("");
  private Instant now = Instant.parse("2026-05-01T12:00:00Z");

  @Test
  void the_folder_contains_a_whole_mail_under_its_delivery_id() throws IOException {
    Mail mail = new Mail("a1@1777636800000.0", "anna@example.com", "Bike 1 is free", "Now.\n");
    assertThat(mailer().send(mail)).isEqualTo(new DeliveryOutcome.Delivered());
    String[] parts = text("a1_401777636800000.0").split("\r\n\r\n", 2);
    assertThat(parts[0].split("\r\n", -1))
        .containsExactlyInAnyOrder(
            "Date: Fri, 1 May 2026 12:00:00 +0000 (UTC)",
            "From: " + FROM,
            "To: anna@example.com",
            "Subject: Bike 1 is free",
            "Message-ID: <a1_401777636800000.0@gympulse.local>",
            "X-GymPulse-Delivery: a1@1777636800000.0",
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=UTF-8",
            "Content-Transfer-Encoding: 7bit");
    assertThat(parts[1]).isEqualTo("Now.\r\n");
  }

  @Test
  void text_that_is_not_ascii_is_encoded() throws IOException {
    mailer().send(new Mail("a1", "anna@example.com", "Fahrräder frei 🚲", "Grüße\n"));
    assertThat(text("a1"))
        .contains(
            "\r\nSubject: =?UTF-8?Q?Fahrr=C3=A4der_frei_=F0=9F=9A=B2?=\r\n",
            "\r\nContent-Type: text/plain; charset=UTF-8\r\n",
            "\r\nContent-Transfer-Encoding: quoted-printable\r\n")
        .endsWith("\r\n\r\nGr=C3=BC=C3=9Fe\r\n");
  }

  @Test
  void no_line_is_longer_than_998_characters() throws IOException {
    String body = "x".repeat(3_000);
    mailer().send(new Mail("a1", "anna@example.com", "s", body + "\n" + body + "ü"));
    assertThat(text("a1").split("\r\n", -1)).allMatch(it -> it.length() <= 998);
  }

  @Test
  void a_repeat_overwrites_the_mail() throws IOException {
    Mail mail = new Mail("a1", "anna@example.com", "free", "text");
    mailer().send(mail);
    now = now.plusSeconds(60);
    mailer().send(mail);
    try (Stream<Path> files = Files.list(folder.resolve("out"))) {
      assertThat(files.map(it -> it.getFileName().toString())).containsExactly("a1.eml");
    }
  }

  @Test
  void no_delivery_id_leads_out_of_the_folder_or_onto_another() throws IOException {
    List<String> ids = List.of("../x", "..", ".", "/etc/x", "A", "a", "_41", "x/y", "x_2fy");
    ids.forEach(it -> mailer().send(new Mail(it, "anna@example.com", "s", "b")));
    try (Stream<Path> files = Files.list(folder.resolve("out"))) {
      assertThat(files).hasSize(ids.size());
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void a_folder_that_cannot_be_written_is_retried() throws IOException {
    Files.writeString(folder.resolve("out"), "a file in the way");
    assertThat(mailer().send(new Mail("a", "a@example.com", "s", "b")))
        .isInstanceOf(DeliveryOutcome.Retry.class);
  }

  @Test
  void a_malformed_address_is_gone_and_not_named() {
    assertThat(mailer().send(new Mail("a", "anna..b@example.com", "s", "b")))
        .isEqualTo(new DeliveryOutcome.Gone("the address is not valid"));
  }

  @Test
  void a_bodysubject_is_folded_without_splitting_a_character() throws IOException {
    String subject = "🏋".repeat(40);
    mailer().send(new Mail("a", "a@example.com", subject, ""));
    String text = text("a");
    String header = text.substring(text.indexOf("Subject: ") + 9, text.indexOf("\r\nMIME-Version"));
    StringBuilder decoded = new StringBuilder();
    for (String word : header.split("\r\n ", -1)) {
      assertThat(word).hasSizeLessThanOrEqualTo(75).startsWith("=?UTF-8?B?").endsWith("?=");
      byte[] bytes = Base64.getDecoder().decode(word.substring(10, word.length() - 2));
      decoded.append(new String(bytes, UTF_8));
    }
    assertThat(decoded).hasToString(subject);
  }

  private String text(String name) throws IOException {
    return Files.readString(folder.resolve("out/" + name + ".eml"), UTF_8);
  }

  private Mailer mailer() {
    return new FolderMailer(folder.resolve("out"), FROM, () -> now);
  }
}
