// Node prints a warning unless a test listens: hundreds of them hide a failure
process.removeAllListeners('warning');
