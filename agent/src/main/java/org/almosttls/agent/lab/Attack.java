package org.almosttls.agent.lab;

import java.io.IOException;
import java.security.GeneralSecurityException;

/** What Mallory does from beginning to end. */
@FunctionalInterface
interface Attack {

    Observation on(Stage stage) throws GeneralSecurityException, IOException, InterruptedException;
}
