/**
 * The numbers of the IANA TLS registries under their names, and what each cipher suite, group and scheme stands for.
 * Closed sets are enums; open registries are records around the number, so that unknown values survive to the trace.
 * Uses no other room.
 */
package org.almosttls.registry;
