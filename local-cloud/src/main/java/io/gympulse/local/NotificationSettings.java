package io.gympulse.local;

import io.gympulse.cloud.core.notification.Channel;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The receivers of operators' notifications, and the delivery channel for mail.
///
/// @param operatorsWebhook receives signed POST requests; the key is in the data directory
/// @param mailFolder receives every mail as a file; without it no mail is sent
record NotificationSettings(
    Optional<URI> operatorsWebhook,
    Optional<Channel.Email> operatorsEmail,
    Optional<Path> mailFolder) {

  static final NotificationSettings NONE =
      new NotificationSettings(Optional.empty(), Optional.empty(), Optional.empty());

  NotificationSettings {
    if (operatorsEmail.isPresent() && mailFolder.isEmpty()) {
      throw new IllegalArgumentException(
          "--operators-email needs --mail-folder: there is no mail without it");
    }
  }

  /// @throws IllegalArgumentException if an option is invalid; the message names it
  static NotificationSettings of(
      @Nullable URI webhook, @Nullable String email, @Nullable Path mailFolder) {
    return new NotificationSettings(
        Optional.ofNullable(webhook),
        Optional.ofNullable(email).map(NotificationSettings::email),
        Optional.ofNullable(mailFolder));
  }

  private static Channel.Email email(String address) {
    try {
      return new Channel.Email(address);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--operators-email: " + e.getMessage(), e);
    }
  }

  /// @param secret the key for signatures of webhook requests
  /// @throws IllegalArgumentException if an option is invalid; the message names it
  List<Channel> operators(String secret) {
    List<Channel> channels = new ArrayList<>(operatorsEmail.stream().toList());
    try {
      operatorsWebhook.ifPresent(it -> channels.add(new Channel.Webhook(it, secret)));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--operators-webhook: " + e.getMessage(), e);
    }
    return List.copyOf(channels);
  }
}
