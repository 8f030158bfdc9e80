/// The channels by which notifications travel: signed webhooks, mail, and members' open pages.
/// Each tries once per call and answers how it went; when to try again is not decided here.
@NullMarked
package io.gympulse.cloud.channel;

import org.jspecify.annotations.NullMarked;
