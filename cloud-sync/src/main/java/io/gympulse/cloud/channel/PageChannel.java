package io.gympulse.cloud.channel;

import io.gympulse.cloud.alert.DeliveryChannel;
import io.gympulse.cloud.alert.Notification;
import io.gympulse.cloud.alert.Recipient;
import io.gympulse.cloud.core.alert.Channel;
import io.gympulse.cloud.core.alert.Outcome;

/// Tells on the pages that a member has open. While none is, it is to be tried again.
public final class PageChannel implements DeliveryChannel<Channel.WebSocket> {
  private final Pages pages;

  public PageChannel(Pages pages) {
    this.pages = pages;
  }

  @Override
  public Outcome deliver(Notification notification, Channel.WebSocket to) {
    return switch (notification.to()) {
      case Recipient.Operators _ -> new Outcome.Gone("operators have no page");
      case Recipient.Member(var user) ->
          switch (pages.show(user, AlertMessages.json(notification))) {
            case Pages.Shown.On(int taken) when taken > 0 -> new Outcome.Delivered();
            case Pages.Shown.On _ -> new Outcome.Retry("no page is open");
            case Pages.Shown.Failed(String reason) -> new Outcome.Retry(reason);
          };
    };
  }
}
