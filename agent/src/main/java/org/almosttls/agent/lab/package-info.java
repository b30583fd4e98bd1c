/**
 * The lab: a real client and a real server over loopback, and Mallory between them, who runs attacks against the textbook
 * protocol, against a weakened one and against TLS. What becomes of each is observed and compared with what is specified.
 * May use {@code agent.authority}, the provider and Jackson's generator.
 */
package org.almosttls.agent.lab;
