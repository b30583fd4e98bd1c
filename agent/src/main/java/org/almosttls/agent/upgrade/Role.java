package org.almosttls.agent.upgrade;

/** Which end of a connection this is. */
enum Role {
    CLIENT,
    SERVER
}
