/**
 * The pages in docs/ as a reader takes them: the commands are run, the octets are opened, the links are followed.
 * May use {@code testkit}, and everything that it tests.
 */
package org.almosttls.docs;
