/// Checks and repairs texts from outside before they are quoted or passed on: what is quoted of a
/// bad message has to be short and encodable as UTF-8.
@NullMarked
package io.gympulse.contract.text;

import org.jspecify.annotations.NullMarked;
