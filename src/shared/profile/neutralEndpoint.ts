// The value of each property of an endpoint when nobody asks for anything.

import type { Endpoint } from '../endpoint/endpoint.ts'
import { fillNeutral } from './profileFields.ts'

/** All but those that no endpoint goes without. */
export const neutralEndpoint: Omit<Endpoint, 'url' | 'method'> = fillNeutral()
