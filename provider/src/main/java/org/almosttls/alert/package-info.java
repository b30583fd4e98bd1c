/**
 * What can go wrong on a connection, as lists: alert descriptions, and the finer violations that lead to them.
 * An exception carries one violation from the line that noticed it to the one place that answers it.
 * Uses no other room.
 */
package org.almosttls.alert;
