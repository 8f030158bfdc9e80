/// The cloud's feed of updates, read as it is pushed and resumed where it broke off.
/// What was missed while the link was down is delivered first, in order.
@NullMarked
package io.gympulse.cloud.api.feed;

import org.jspecify.annotations.NullMarked;
