/// Texts that others wrote, made fit to be passed on. What is quoted of a bad message has to be
/// short, and to survive being written as UTF-8.
@NullMarked
package io.gympulse.contract.text;

import org.jspecify.annotations.NullMarked;
