/// Parses and evaluates the SQL of topic rules. Pure functions: a message and the rules give the
/// input of the rules' actions.
@NullMarked
package io.gympulse.local.rules;

import org.jspecify.annotations.NullMarked;
