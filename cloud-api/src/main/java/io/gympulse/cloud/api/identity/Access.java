package io.gympulse.cloud.api.identity;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Who may call the routes of a controller, or one of its routes.
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Access {
  Level value();

  /// Without a valid token, every level but [#PUBLIC] is answered 401; without the role, 403.
  enum Level {
    /// Anybody. An invalid token is still answered 401.
    PUBLIC,
    /// Callers with the role [Role.Member]; what they see is their own.
    MEMBER,
    /// Callers with the role [Role.Operator] of any gym, or [Role.Admin]; what they see is of their
    /// gyms, see [Caller#operates].
    OPERATOR,
    /// Callers with the role [Role.Admin].
    ADMIN
  }
}
