/// Parses and evaluates the topic rules' SQL.
/// Pure: a message and the rules give the documents that the rules' actions receive.
@NullMarked
package io.gympulse.local.rules;

import org.jspecify.annotations.NullMarked;
