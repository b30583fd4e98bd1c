package org.almosttls.agent.cli;

/** The demo did not go as it must; the message is the reason, for a person. */
final class DemoFailed extends Exception {

    private static final long serialVersionUID = 1L;

    DemoFailed(String reason) {
        super(reason);
    }
}
