package io.gympulse.cloud.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gympulse.cloud.core.alert.Mail;
import io.gympulse.cloud.core.alert.Mailer;
import io.gympulse.cloud.core.alert.Outcome;
import io.gympulse.process.DurableFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HexFormat;

/// Puts mail into a folder instead of sending it: `<delivery id>.eml`, which mail programs open. A
/// file is whole or not there, and is on the disk when this returns; a repeat overwrites, so there
/// are no doubles.
public final class OutboxMailer implements Mailer {
  private final Path folder;
  private final String from;
  private final InstantSource clock;

  /// @param folder made when the first mail comes
  public OutboxMailer(Path folder, String from, InstantSource clock) {
    this.folder = folder;
    this.from = from;
    this.clock = clock;
  }

  @Override
  public Outcome send(Mail mail) {
    String name = fileName(mail.deliveryId());
    String text = MailText.of(mail, from, name, clock.instant());
    try {
      DurableFile.makeFolders(folder);
      DurableFile.write(folder.resolve(name + ".eml"), text);
      return new Outcome.Delivered();
    } catch (IOException e) {
      return new Outcome.Retry("the outbox folder cannot be written: " + e.getMessage());
    }
  }

  /// Different ids give different names, and none leads out of the folder: what is no letter, digit
  /// or hyphen becomes `_` and its code.
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
}
