/** A message broker and its clients, as their documentation sets them up. */
package ordinary.messages;
