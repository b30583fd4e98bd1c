package org.almosttls.extension;

import org.almosttls.registry.ExtensionType;

/** An extension whose body is not understood here, kept as it came. */
public record UnknownExtension(ExtensionType type, byte[] body) implements Extension {}
