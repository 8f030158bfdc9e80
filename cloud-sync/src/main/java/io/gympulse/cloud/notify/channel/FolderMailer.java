package io.gympulse.cloud.notify.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gympulse.cloud.core.notification.DeliveryOutcome;
import io.gympulse.cloud.core.notification.Mailer;
import io.gympulse.cloud.core.notification.Mailer.Mail;
import io.gympulse.process.DurableFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;

/// Writes mail to a folder instead of sending it: `<delivery id>.eml`, which mail programs open.
/// Files are written atomically and durably; a repeat overwrites the file, so there are no
/// duplicates.
public final class FolderMailer implements Mailer {
  private static final int ENCODED_WORD_BYTES = 42;

  private final Path folder;
  private final String from;
  private final InstantSource clock;

  /// @param folder created with the first mail
  public FolderMailer(Path folder, String from, InstantSource clock) {
    this.folder = folder;
    this.from = from;
    this.clock = clock;
  }

  @Override
  public DeliveryOutcome send(Mail mail) {
    String name = fileName(mail.deliveryId());
    String text = text(mail, from, name, clock.instant());
    try {
      DurableFile.makeFolders(folder);
      DurableFile.write(folder.resolve(name + ".eml"), text);
      return new DeliveryOutcome.Delivered();
    } catch (IOException e) {
      return new DeliveryOutcome.Retry("the mail folder cannot be written: " + e.getMessage());
    }
  }

  /// Different ids have different names, all within the folder: a character that is no letter,
  /// digit or hyphen becomes `_` and its code.
  private static String fileName(String deliveryId) {
    StringBuilder name = new StringBuilder();
    for (byte it : deliveryId.getBytes(UTF_8)) {
      boolean plain = (it >= 'a' && it <= 'z') || (it >= '0' && it <= '9') || it == '-';
      if (plain || (it == '.' && !name.isEmpty())) {
        name.append((char) it);
      } else {
        name.append('_').append(HexFormat.of().toHexDigits(it));
      }
    }
    return name.toString();
  }

  /// The mail as text (RFC 5322): UTF-8, lines ended by CR LF, body in base64 so that no line is
  /// too long or mistaken for a header.
  ///
  /// @param name names the message: letters, digits and `._-`
  static String text(Mail mail, String from, String name, Instant at) {
    String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(at.atOffset(ZoneOffset.UTC));
    String body = mail.body().replace("\r\n", "\n").replace("\n", "\r\n");
    return String.join(
            "\r\n",
            "Date: " + date,
            "From: " + from,
            "To: " + mail.to(),
            "Subject: " + words(mail.subject()),
            "Message-ID: <%s@gympulse.local>".formatted(name),
            "X-GymPulse-Delivery: " + mail.deliveryId(),
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=UTF-8",
            "Content-Transfer-Encoding: base64",
            "",
            Base64.getMimeEncoder().encodeToString(body.getBytes(UTF_8)))
        + "\r\n";
  }

  /// Plain if possible, else encoded words (RFC 2047), none of which splits a character.
  private static String words(String subject) {
    if (subject.length() <= 70 && subject.chars().allMatch(it -> it >= ' ' && it < 0x7f)) {
      return subject;
    }
    StringBuilder words = new StringBuilder();
    StringBuilder word = new StringBuilder();
    for (int character : subject.codePoints().toArray()) {
      String next = Character.toString(character);
      if ((word + next).getBytes(UTF_8).length > ENCODED_WORD_BYTES) {
        words.append(encoded(word)).append("\r\n ");
        word.setLength(0);
      }
      word.append(next);
    }
    return words.append(encoded(word)).toString();
  }

  private static String encoded(StringBuilder word) {
    String base64 = Base64.getEncoder().encodeToString(word.toString().getBytes(UTF_8));
    return "=?UTF-8?B?%s?=".formatted(base64);
  }
}
