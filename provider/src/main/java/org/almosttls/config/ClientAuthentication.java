package org.almosttls.config;

/** Whether a server asks the client for a certificate, and goes on without one. */
public enum ClientAuthentication {
    NONE,
    WANT,
    NEED
}
